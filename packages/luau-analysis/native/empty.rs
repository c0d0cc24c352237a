// Cargo asks every package for a target; this one only names a dependency.
