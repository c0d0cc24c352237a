import type { Section } from "./reference.ts";

/** The usual way to make messages of bytes. */
export const LINES_SECTION: Section = {
  title: { en: "Reading lines", ru: "Чтение строк" },
  text: [
    {
      en: "Many protocols are made of lines, but `onReceive` gets bytes: half a line, or three lines at once. So gather the bytes until there is a line break, and keep what comes after it for the next time.",
      ru: "Многие протоколы состоят из строк, но `onReceive` получает байты: половину строки или три строки сразу. Поэтому накапливайте байты, пока не придёт перевод строки, а всё, что после него, оставляйте до следующего раза.",
    },
    {
      en: "A program that others can connect to should limit how long an unfinished line may get, and close the connection beyond that.",
      ru: "Программе, к которой подключаются другие, стоит ограничить длину незаконченной строки и закрывать соединение, если она больше.",
    },
  ],
  entries: [],
  example: `
-- Calls \`callback\` with each whole line, without the line break.
local function onLine(connection: NetConnection, callback: (line: string) -> ())
	local unfinished = ""
	connection:onReceive(function(data)
		unfinished ..= data:toString()
		while true do
			local line, rest = string.match(unfinished, "^([^\\n]*)\\n(.*)$")
			if not line or not rest then
				break
			end
			unfinished = rest
			callback(line)
		end
	end)
end

local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	onLine(connection, function(line)
		print("a line: " .. line)
		--> a line: first
		--> a line: second
	end)
	connection:send(zone.byteStream.fromString("first\\nsec"))
	connection:send(zone.byteStream.fromString("ond\\n"))
end)

function zone.update()
	zone.socket.update()
end

function zone.cleanup()
	client:close()
end
`,
};
