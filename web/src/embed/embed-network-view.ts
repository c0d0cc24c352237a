/** The network view of an element, its time and its conditions, with their texts: fetched when the reader first wants to see it. */
import "../conditions/conditions-parts.ts";
import "../conditions/network-chip.ts";
import "../network-view/network-tab.ts";
