// The model server, the submitting client and the stopwatch of bench/inflight, by sub-command:
//   server PORT ANSWER SECONDS     answers each POST of /v1/chat/completions with ANSWER (a file) after SECONDS, as a stream,
//                                  of /after/N/v1/chat/completions after N; GET /open tells {open, most, served}, DELETE
//                                  /open forgets `most`
//   submit COUNT NAME POSTING      COUNT reports of as many applications (BASE_URL, TOKEN), 16 at once; prints the seconds
import http from 'node:http';
import fs from 'node:fs';

const [verb, ...args] = process.argv.slice(2);

function serve(port, file, seconds) {
	const text = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));
	const chunk = (choice, usage) => `data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], usage })}\n\n`;
	let stream = '', open = 0, most = 0, served = 0;

	for (let i = 0; i < text.length; i += 256)
		stream += chunk({ delta: { content: text.slice(i, i + 256) }, finish_reason: null });
	stream += chunk({ delta: {}, finish_reason: 'stop' }, { prompt_tokens: 2600, completion_tokens: 900, total_tokens: 3500 }) + 'data: [DONE]\n\n';
	const bytes = Buffer.from(stream);
	const server = http.createServer({ keepAliveTimeout: 60000 }, (request, response) => {
		if (request.url === '/open') {
			response.end(JSON.stringify({ open, most, served }));
			if (request.method === 'DELETE')
				most = 0;
			return;
		}
		open++;
		most = Math.max(most, open);
		request.resume();
		response.on('close', () => open--);
		setTimeout(() => {
			served++;
			response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Length': bytes.length });
			response.end(bytes);
		}, Number(request.url.match(/^\/after\/([\d.]+)\//)?.[1] ?? seconds) * 1000);
	});
	server.listen({ port, host: '127.0.0.1', backlog: 4096 });
}

async function submit(count, name, posting) {
	const address = new URL(process.env.BASE_URL), agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
	const job_posting = JSON.parse(fs.readFileSync(posting, 'utf8'));
	const post = (i) => new Promise((resolve, reject) => {
		const body = JSON.stringify({ application_id: `${name}-${i}`, job_posting });
		const request = http.request({
			host: address.hostname, port: address.port, path: '/api/vpr', method: 'POST', agent,
			headers: { Authorization: `Bearer ${process.env.TOKEN}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
		}, (response) => {
			response.resume();
			response.on('end', () => response.statusCode === 202 ? resolve() : reject(new Error(`POST ${response.statusCode}`)));
		});
		request.on('error', reject);
		request.end(body);
	});
	const begun = performance.now();

	await Promise.all(Array.from({ length: count }, (_, i) => post(i)));
	console.log(((performance.now() - begun) / 1000).toFixed(2));
	process.exit(0);
}

if (verb === 'server')
	serve(Number(args[0]), args[1], Number(args[2]));
else if (verb === 'submit')
	await submit(Number(args[0]), args[1], args[2]);
else {
	console.error('usage: inflight.mjs server|submit …');
	process.exit(2);
}
