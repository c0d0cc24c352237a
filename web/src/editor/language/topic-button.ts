import type { EditorState } from "@codemirror/state";

/** A button that fires `open-reference` with a topic. */
export function topicButton(topic: string, state: EditorState): HTMLElement {
  const button = document.createElement("button");
  button.className = "cm-toReference";
  button.textContent = state.phrase("In the reference");
  // A list of completions goes once the editor has lost the focus, and the button with it.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    button.dispatchEvent(new CustomEvent("open-reference", { bubbles: true, composed: true, detail: topic }));
  });
  return button;
}
