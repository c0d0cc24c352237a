// Shows what the reader has passed. The element tells of each step when it is passed; what was passed on an earlier visit, it knows.
const lesson = document.querySelector("#lesson");
const passed = document.querySelector("#passed");

function show() {
  passed.textContent = lesson.passedSteps.join(", ") || "nothing";
}

lesson.addEventListener("lesson-opened", show);
lesson.addEventListener("step-passed", show);
lesson.addEventListener("lesson-passed", () => {
  passed.textContent = "the whole lesson";
});
