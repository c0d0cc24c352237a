import type { SharedSettings } from "@playground/share";
import { Model } from "../ui/model.ts";

export interface ProjectFile {
  readonly name: string;
  readonly source: string;
  /** Whether it is run by itself, with a console of its own; other files are modules for `require`. */
  readonly isProgram: boolean;
}

/** The files that the reader works on, in the order of their tabs. */
export class Project extends Model {
  #files: ProjectFile[];
  #active: string;
  #settings: SharedSettings;
  #generation = 0;

  /** `files` has at least one. */
  constructor(files: readonly ProjectFile[], active?: string, settings: SharedSettings = {}) {
    super();
    if (files[0] === undefined) throw new RangeError("a project has at least one file");
    this.#files = [...files];
    this.#active = this.has(active ?? "") ? (active as string) : files[0].name;
    this.#settings = settings;
  }

  /** Settings that belong to the project and travel with it. */
  get settings(): SharedSettings {
    return this.#settings;
  }

  /** Counts the times that another project was put in the place of this one: what belongs to a file, such as its undo history, ends with it. */
  get generation(): number {
    return this.#generation;
  }

  get files(): readonly ProjectFile[] {
    return this.#files;
  }

  get programs(): readonly ProjectFile[] {
    return this.#files.filter((file) => file.isProgram);
  }

  /** Name of the file in the editor. */
  get active(): string {
    return this.#active;
  }

  has(name: string): boolean {
    return this.#files.some((file) => file.name === name);
  }

  file(name: string): ProjectFile | undefined {
    return this.#files.find((file) => file.name === name);
  }

  open(name: string): void {
    if (name === this.#active || !this.has(name)) return;
    this.#active = name;
    this.changed();
  }

  edit(name: string, source: string): void {
    this.#replace(name, (file) => ({ ...file, source }));
  }

  /** Changes a setting; undefined takes it away. */
  set(key: string, value: string | number | boolean | undefined): void {
    if (this.#settings[key] === value) return;
    const { [key]: _, ...rest } = this.#settings;
    this.#settings = value === undefined ? rest : { ...rest, [key]: value };
    this.changed();
  }

  /** Puts other files in the place of all there are: those of another project, or newer ones of this. */
  replace(content: { readonly files: readonly ProjectFile[]; readonly active: string; readonly settings: SharedSettings }, isOther: boolean): void {
    const [first] = content.files;
    if (first === undefined) throw new RangeError("a project has at least one file");
    this.#files = [...content.files];
    this.#active = this.has(content.active) ? content.active : first.name;
    this.#settings = content.settings;
    if (isOther) this.#generation++;
    this.changed();
  }

  /** Adds a file at the end and opens it. The name must be free (see file-name.ts). */
  add(file: ProjectFile): void {
    if (this.has(file.name)) throw new RangeError(`there is a file ${file.name} already`);
    this.#files.push(file);
    this.#active = file.name;
    this.changed();
  }

  /** Gives a file another name, and says whether it is a program. */
  change(name: string, change: { readonly name: string; readonly isProgram: boolean }): void {
    if (change.name !== name && this.has(change.name)) throw new RangeError(`there is a file ${change.name} already`);
    if (this.#active === name) this.#active = change.name;
    this.#replace(name, (file) => ({ ...file, ...change }));
  }

  /** Removes a file; the last one stays. */
  remove(name: string): void {
    const index = this.#files.findIndex((file) => file.name === name);
    if (index < 0 || this.#files.length === 1) return;
    this.#files.splice(index, 1);
    if (this.#active === name) this.#active = (this.#files[index] ?? this.#files[index - 1])?.name as string;
    this.changed();
  }

  /** Moves a file to another place in the order of the tabs, counted from 0; beyond the ends is at the end. */
  move(name: string, index: number): void {
    const from = this.#files.findIndex((file) => file.name === name);
    const to = Math.min(Math.max(index, 0), this.#files.length - 1);
    if (from < 0 || from === to) return;
    const files = [...this.#files];
    files.splice(to, 0, ...files.splice(from, 1));
    this.#files = files;
    this.changed();
  }

  #replace(name: string, change: (file: ProjectFile) => ProjectFile): void {
    this.#files = this.#files.map((file) => (file.name === name ? change(file) : file));
    this.changed();
  }
}
