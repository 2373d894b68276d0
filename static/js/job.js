// The progress of a report that is being written: asks every 5 s, at most 60 times, then says to come back (SPEC 4.3).
// An answer that does not come is asked for again after 5, 10 and 20 s; then the page says that the connection is lost.

const FIRST_MS = 1000; /* most reports take less than the first full interval */
const EVERY_MS = 5000;
const TIMES = 60;
const AGAIN_MS = [5000, 10000, 20000];

const panel = document.querySelector("[data-job]");
const bar = document.getElementById("bar");
const percent = document.getElementById("percent");
const stages = panel.querySelector(".stages");
const stage = document.getElementById("stage");
const note = document.getElementById("note");

let asked = 0;
let failures = 0;

setTimeout(ask, FIRST_MS);

async function ask() {
	asked++;
	try {
		const answer = await fetch(`/jobs/${encodeURIComponent(panel.dataset.job)}`, {
			headers: { Accept: "application/json" },
			cache: "no-store",
		});

		if (answer.status === 404 || answer.status === 410)
			return stop(panel.dataset.gone);
		if (answer.status === 401)
			return location.reload();
		if (!answer.ok)
			throw new Error(`status ${answer.status}`);
		follow(await answer.json());
	} catch {
		tryAgain();
	}
}

function follow(job) {
	failures = 0;
	note.textContent = "";
	if (job.status === "COMPLETED")
		return location.replace(`${panel.dataset.reports}${job.vpr_version}`);
	if (job.status === "FAILED")
		return location.reload();
	show(job.progress);
	if (asked >= TIMES)
		return stop(panel.dataset.late);
	setTimeout(ask, EVERY_MS);
}

function show(progress) {
	const current = stages.querySelector(`[data-of="${CSS.escape(progress.stage)}"]`);

	bar.value = progress.percent;
	percent.textContent = `${progress.percent}%`;
	stages.dataset.stage = progress.stage;
	stage.textContent = current?.textContent ?? "";
	for (const step of stages.children)
		step.ariaCurrent = step === current ? "step" : null;
}

function tryAgain() {
	if (failures >= AGAIN_MS.length)
		return stop(panel.dataset.lost);
	note.textContent = panel.dataset.again;
	setTimeout(ask, AGAIN_MS[failures++]);
}

/* Says why nothing more is asked, and leaves a link to look again. */
function stop(reason) {
	panel.classList.add("job--stopped");
	note.textContent = reason;
	document.getElementById("check").hidden = false;
}
