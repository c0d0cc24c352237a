export { Capture } from "@playground/capture";
