import type { Project } from "../project/project.ts";
import type { AnalysisService } from "./analysis-service.ts";

/** What the type checker's parts need of the page that they are in. */
export interface AnalysisPage {
  readonly analysis: AnalysisService;
  readonly project: Project;
}
