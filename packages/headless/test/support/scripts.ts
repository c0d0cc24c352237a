/** Lets the network in, once a frame. */
export const UPDATE = "function zone.update() zone.socket.update() end\n";

/** Answers with what it hears, says when it listens and when it is over. */
export const echoServer = (port: number): string => `
  zone.socket.server.new():listen(${port}, function(connection)
    connection:onReceive(function(data) connection:send(data) end)
  end)
  print("listening")
  ${UPDATE}
  function zone.cleanup() print("bye") end
`;
