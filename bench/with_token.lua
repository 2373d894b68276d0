-- Runs another wrk script (BENCH_SCRIPT) with the stack's token on every request.
local script = os.getenv("BENCH_SCRIPT")
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
local format = wrk.format
wrk.format = function(method, path, headers, body)
  if headers then headers["Authorization"] = wrk.headers["Authorization"] end
  return format(method, path, headers, body)
end
dofile(script)
