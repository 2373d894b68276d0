// Times and numbers as the reader writes them, times in the reader's zone. The exact time stays in `datetime` and in
// the tooltip.

const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

export function localiseTimes(root) {
	for (const element of root.querySelectorAll("time[datetime]")) {
		const exact = element.dateTime;
		const at = new Date(exact);

		if (Number.isNaN(at.getTime()))
			continue;
		element.title = exact;
		element.textContent = new Intl.DateTimeFormat(languageOf(element), styleOf(element)).format(at);
	}
}

function styleOf(element) {
	if (DAY_ONLY.test(element.dateTime))
		return { dateStyle: "long", timeZone: "UTC" };
	if (element.hasAttribute("data-day") || DAY_ONLY.test(element.textContent.trim()))
		return { dateStyle: "long" };
	return { dateStyle: "medium", timeStyle: "short" };
}

/* A report has its own language, whatever that of the page around it. */
function languageOf(element) {
	return element.closest("[lang]").lang;
}

export function localiseNumbers(root) {
	for (const element of root.querySelectorAll("[data-number]")) {
		const number = Number(element.textContent);

		if (element.textContent.trim() !== "" && Number.isFinite(number))
			element.textContent = new Intl.NumberFormat(languageOf(element)).format(number);
	}
}
