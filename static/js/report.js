// The report beside its CV: cited lines are marked, a link into the CV leaves the report where it stands and knows the
// way back, and the evidence can be filtered by its level.

const report = document.querySelector(".dossier__report");
const cv = document.querySelector(".dossier__cv");

if (cv)
	linkEvidence();
filterEvidence();
markVersion();
offerPrinting();

function lineOf(link) {
	return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

function linkEvidence() {
	const links = [...report.querySelectorAll('a[href^="#cv/"]')].filter(lineOf);
	const back = document.querySelector("[data-return]");
	let origin = null;

	for (const link of links) {
		lineOf(link).classList.add("is-cited");
		link.addEventListener("click", (event) => {
			event.preventDefault();
			origin = link;
			goTo(lineOf(link), link.hash);
			back.hidden = false;
		});
	}
	document.querySelector("[data-cited]").hidden = links.length === 0;
	back.addEventListener("click", () => {
		back.hidden = true;
		origin?.focus({ preventScroll: true });
		origin?.scrollIntoView({ block: "center" });
	});
}

/* The address changes as by any link, so that :target and the browser's way back work. But where the CV stands beside
 * the report, only the CV scrolls: the reader's place in the report is kept. */
function goTo(line, hash) {
	const isBeside = getComputedStyle(cv).position === "sticky";
	const [x, y] = [scrollX, scrollY];

	if (location.hash === hash)
		line.scrollIntoView({ block: "center", behavior: "instant" });
	else
		location.hash = hash;
	if (isBeside)
		scrollTo({ left: x, top: y, behavior: "instant" });
	line.tabIndex = -1;
	line.focus({ preventScroll: true });
}

/* Buttons with counts, one for each level there is. */
function filterEvidence() {
	const list = report.querySelector(".evidence-list");
	const rows = list ? [...list.children] : [];
	const levels = new Map();

	for (const row of rows) {
		const level = levels.get(row.dataset.band) ?? { label: row.querySelector(".badge-band").textContent, count: 0 };

		level.count++;
		levels.set(row.dataset.band, level);
	}
	if (levels.size < 2)
		return;
	const group = document.createElement("div");

	group.className = "filter";
	group.setAttribute("role", "group");
	group.setAttribute("aria-label", report.dataset.filter);
	group.append(button("", report.dataset.filterAll, rows.length, true));
	group.firstChild.lang = document.documentElement.lang;
	for (const band of ["STRONG", "MODERATE", "DEVELOPING", "MISSING"])
		if (levels.has(band))
			group.append(button(band, levels.get(band).label, levels.get(band).count, false));
	list.before(group);

	function button(band, label, count, isPressed) {
		const made = document.createElement("button");
		const number = document.createElement("span");

		made.type = "button";
		made.className = "filter__button";
		made.dataset.band = band;
		made.setAttribute("aria-pressed", String(isPressed));
		number.className = "filter__count";
		number.textContent = String(count);
		made.append(`${label} `, number);
		made.addEventListener("click", () => show(band));
		return made;
	}

	function show(band) {
		for (const row of rows)
			row.hidden = band !== "" && row.dataset.band !== band;
		for (const other of group.children)
			other.setAttribute("aria-pressed", String(other.dataset.band === band));
	}

	/* what is printed is the whole report */
	addEventListener("beforeprint", () => show(""));
}

function markVersion() {
	const current = report.querySelector(`a[data-version="${CSS.escape(report.dataset.version)}"]`);

	current?.setAttribute("aria-current", "page");
}

function offerPrinting() {
	const button = report.querySelector("[data-print]");

	button.hidden = false;
	button.addEventListener("click", () => print());
}
