/** What `zone.check` looks like to the type checker. Only check.luau sees it. */
const CLASSES = `
declare extern type CheckConnection with
	function send(self, bytes: string | ByteStream, options: CheckOptions?): number
	function expect(self, bytes: string | ByteStream, options: CheckOptions?): string
	function expectLine(self, line: string, options: CheckOptions?): string
	function expectNothing(self, seconds: number, options: CheckOptions?): ()
	function expectEnd(self, options: CheckOptions?): ()
	function read(self, count: number, options: CheckOptions?): string
	function readLine(self, options: CheckOptions?): string
	function readAll(self, options: CheckOptions?): string
	function unread(self): string
	function isOpen(self): boolean
	function setReads(self, reads: boolean): ()
	function finish(self): ()
	function reset(self): ()
	function close(self): ()
	function getIp(self): string
end

declare extern type CheckListener with
	function accept(self, options: CheckOptions?): CheckConnection
	function close(self): ()
end

declare extern type CheckProgram with
	function expectPrinted(self, text: string, options: CheckOptions?): ()
	function expectEnd(self, options: CheckOptions?): ()
	function nextLine(self, options: CheckOptions?): string?
	function printed(self): {string}
	function hasNotice(self, code: string): boolean
	function isRunning(self): boolean
	function type(self, line: string): ()
	function stop(self): ()
end

`;

/** Exported, so that a check may name them. Options are read alone: a table in a variable then does not have to have all of them, typed as here. */
const OPTIONS = `export type CheckOptions = {
	read en: string?,
	read ru: string?,
	read mistake: string?,
	read within: number?,
	read expected: string?,
	read got: string?,
	read slice: (number | "random")?,
	read gap: number?,
	read delay: number?,
	read reads: boolean?,
	read exact: boolean?,
}

export type CheckFailure = {
	message: string,
	programEnded: boolean,
	error: string?,
	mistake: string?,
	expected: string?,
	got: string?,
	ended: boolean?,
}

export type CheckStepOptions = {
	read seconds: number?,
	read diagnose: ((failure: CheckFailure) -> string?)?,
}
`;

const TABLE = `
	check: {
		step: (id: string, body: () -> (), options: CheckStepOptions?) -> (),
		start: (file: string?) -> CheckProgram,
		connect: (port: number, options: CheckOptions?) -> CheckConnection,
		listen: (port: number, options: CheckOptions?) -> CheckListener,
		expectListening: (port: number, options: CheckOptions?) -> (),
		ports: () -> {number},
		address: () -> string,
		ownAddress: () -> string,
		source: (file: string) -> string,
		wait: (seconds: number) -> (),
		fail: (options: CheckOptions) -> (),
		expectThat: (condition: any, options: CheckOptions) -> (),
		random: (least: number, most: number) -> number,
		seed: () -> number,
	},`;

const BEFORE_ZONE = "declare zone: {";

/** The definitions of `zone` with those of `zone.check`, for checks. */
export function withCheckDefinitions(definitions: string): string {
  const place = definitions.indexOf(BEFORE_ZONE);
  if (place < 0) throw new Error(`the definitions have no "${BEFORE_ZONE}"`);
  const end = place + BEFORE_ZONE.length;
  return definitions.slice(0, place) + OPTIONS + CLASSES + definitions.slice(place, end) + TABLE + definitions.slice(end);
}
