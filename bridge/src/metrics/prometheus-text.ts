/** What kind of numbers a metric has; a counter only grows, and its name ends in `_total`. */
export type MetricType = "counter" | "gauge";

/** One value of a metric. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The media type of the format (Prometheus, "Exposition formats", text format 0.0.4). */
export const PROMETHEUS_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Gathers metrics and writes them in Prometheus's text format. */
export class PrometheusText {
  #text = "";

  /** Adds a metric with one value. */
  add(type: MetricType, name: string, help: string, value: number): this {
    return this.addAll(type, name, help, [{ value }]);
  }

  /** Adds a metric with a value for each set of labels. */
  addAll(type: MetricType, name: string, help: string, samples: Iterable<Sample>): this {
    this.#text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
    for (const { labels, value } of samples) this.#text += `${name}${formatLabels(labels)} ${formatValue(value)}\n`;
    return this;
  }

  toString(): string {
    return this.#text;
  }
}

function formatLabels(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels ?? {}).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
