// What every page gets on top of working without script.
import { localiseNumbers, localiseTimes } from "./local.js";
import { enhanceForms } from "./forms.js";
import { enhanceCopying } from "./copy.js";

localiseTimes(document);
localiseNumbers(document);
enhanceForms(document);
enhanceCopying(document);
keepQueryOnLanguageChange();
document.querySelector("[data-focus]")?.focus();

/* The links that change the language know only their own parameter: without script the others are lost. */
function keepQueryOnLanguageChange() {
	for (const link of document.querySelectorAll("a[data-language]")) {
		const query = new URLSearchParams(location.search);

		query.set("lang", link.hreflang);
		link.search = query.toString();
		link.hash = location.hash;
	}
}
