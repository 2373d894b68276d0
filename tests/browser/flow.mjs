// A candidate's way through every page, as a person goes it: with a keyboard and a mouse, in three languages, wide and
// narrow, with and without script. Every page is checked with axe-core, for console errors and for sideways scrolling.
import { readFileSync, writeFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const BASE = process.env.BASE_URL, SHOTS = process.env.SHOTS, SAMPLES = process.env.SAMPLES;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const posting = JSON.parse(readFileSync(path.join(SAMPLES, 'posting.json'), 'utf8'));
const postingText = `${posting.role_title}\n${posting.company_name}, ${posting.location.city}\n\n${posting.description}\n\n` +
  `Responsibilities:\n${posting.responsibilities.map((l) => `- ${l}`).join('\n')}\n\n` +
  `Requirements:\n${posting.requirements.map((l) => `- ${l}`).join('\n')}\n\nNice to have:\n` +
  `${posting.nice_to_have.map((l) => `- ${l}`).join('\n')}\n`;

let checks = 0, pages = 0;
const faults = [];
const check = (ok, what) => { checks++; if (!ok) { faults.push(what); console.error(`FAILED: ${what}`); } };

mkdirSync(SHOTS, { recursive: true });
const profile = mkdtempSync(path.join(tmpdir(), 'careervp-browser-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS, viewport: { width: 1280, height: 900 }, locale: 'en-US',
});

function watch(page) {
  page.on('console', (m) => {
    // a page that is answered 400 or 404 is told there too; what a page loads is looked at below
    if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) check(false, `console error on ${page.url()}: ${m.text()}`);
  });
  page.on('response', (r) => {
    if (!r.request().isNavigationRequest()) check(r.status() < 400, `${r.url()} answered ${r.status()} on ${page.url()}`);
  });
  page.on('pageerror', (e) => check(false, `script error on ${page.url()}: ${e.message}`));
  page.on('request', (r) => check(r.url().startsWith(BASE) || r.url().startsWith('data:'), `a request leaves the site: ${r.url()}`));
}

// Everything that must hold for any page.
async function inspect(page, name) {
  pages++;
  for (const [width, height] of [[1280, 900], [360, 740], [320, 640]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    check(wide <= 0, `${name}: scrolls sideways by ${wide}px at ${width}px`);
    if (width !== 320) await page.screenshot({ path: path.join(SHOTS, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  // as a function call of the debugger: the page's own policy allows no script but its own files
  const result = await page.evaluate(`${AXE}; axe.run(document, { resultTypes: ['violations'] })`);
  for (const v of result.violations) check(false, `${name}: axe ${v.id} (${v.impact}) ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
  checks += result.passes.length;
  check(await page.locator('main').count() === 1, `${name}: one main landmark`);
  check(await page.locator('h1').count() === 1, `${name}: one h1`);
  check((await page.title()).length > 3, `${name}: a title`);
}

async function open(page, address, name, status = 200) {
  const answer = await page.goto(BASE + address);
  check(answer.status() === status, `${address}: ${answer.status()}, not ${status}`);
  await inspect(page, name);
}

async function submit(page, selector = 'main form button[type=submit]') {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
}

const tool = (...words) => execFileSync(process.env.STACK_TOOL, words, { maxBuffer: 64 * 1024 * 1024 });
const email = `person-${process.pid}@example.org`;
const page = browser.pages()[0] ?? await browser.newPage();
watch(page);

await open(page, '/', 'home');
await open(page, '/privacy', 'privacy');
await page.goto(`${BASE}/applications`);
check(page.url().includes('/signin?next='), 'a stranger is led to the sign-in page');
await inspect(page, 'signin');

await open(page, '/register', 'register');
await page.keyboard.press('Tab');
check(await page.evaluate(() => document.activeElement?.getAttribute('href')?.startsWith('#')), 'the first stop of the keyboard skips to the content');
await page.fill('#email', email);
await page.fill('#password', 'short');
await page.evaluate(() => document.querySelector('main form').noValidate = true);
await submit(page);
check(await page.locator('#password-error').count() === 1, 'a short password is told at its field');
check(await page.inputValue('#email') === email, 'what was typed is kept');
await inspect(page, 'register-failed');
await page.fill('#password', 'correct horse battery');
await submit(page);
check(new URL(page.url()).pathname === '/applications', `registered: ${page.url()}`);
await inspect(page, 'applications-empty');

await open(page, '/cvs', 'cvs-empty');
await open(page, '/cvs/new', 'cv-new');
// a PDF of our own making is read, corrected in the form and only then saved
const sampleCv = JSON.parse(readFileSync(path.join(SAMPLES, 'cv.json'), 'utf8'));
const pdf = path.join(profile, 'cv.pdf');
writeFileSync(pdf, tool('run', '--dir', process.env.STACK_DIR, 'export', path.join(SAMPLES, 'cv.json'), '--format', 'pdf'));
await page.setInputFiles('input[type=file]', pdf);
await submit(page, 'main form:has(input[type=file]) button[type=submit]');
check(page.url() === `${BASE}/cvs/new`, 'a document leads to a form, and is not saved');
check(await page.inputValue('#name') === sampleCv.basics.name, `the name was read: ${await page.inputValue('#name')}`);
check((await page.locator('.form__original').innerText()).includes(sampleCv.work[0].name), 'the words of the document stand beside it');
await inspect(page, 'cv-form');
const jobs = Number(await page.inputValue('input[name=work_count]'));
await submit(page, 'button[value=add_work]');
check(Number(await page.inputValue('input[name=work_count]')) === jobs + 1, 'a job can be added');
await page.fill(`#work_${jobs}_position`, 'Lighthouse keeper');
await submit(page, 'button[value=add_education]');
check(await page.inputValue(`#work_${jobs}_position`) === 'Lighthouse keeper', 'what was typed stays');
await submit(page, `button[value=remove_work_${jobs}]`);
check(!(await page.content()).includes('Lighthouse keeper'), 'a job can be taken away');
await page.fill('#name', '');
await page.fill('#phone', '+49 30 7654321');
await submit(page, 'button[value=save]');
check(await page.inputValue('#phone') === '+49 30 7654321', 'a refused form keeps what was typed');
check((await page.locator('#name-error').innerText()).length > 5, 'and says at the field what is wrong');
await inspect(page, 'cv-form-refused');
await page.fill('#name', sampleCv.basics.name);
await submit(page, 'button[value=save]');
check(/\/cvs\/[^/]+$/.test(page.url()), `the corrected CV was saved: ${page.url()}`);
const cvPage = new URL(page.url()).pathname;
check((await page.locator('main').innerText()).includes('+49 30 7654321'), 'as it was corrected');
await inspect(page, 'cv');

// a stored CV in the same form, in two windows at once
await open(page, `${cvPage}/edit`, 'cv-edit');
const window2 = await browser.newPage();
watch(window2);
await window2.goto(`${BASE}${cvPage}/edit`);
await window2.fill('#location', 'Haifa, Israel');
await submit(window2, 'button[value=save]');
await window2.close(); // a window behind another one is not drawn
await page.fill('#phone', '+49 30 1112223');
await submit(page, 'button[value=save]');
check(await page.inputValue('#phone') === '+49 30 1112223', 'what was typed over an older version is kept');
await inspect(page, 'cv-edit-stale');
await submit(page, 'button[value=save_over]');
check(page.url() === BASE + cvPage, 'and saved as the newest on demand');
await open(page, `${cvPage}/versions`, 'cv-versions');
await submit(page, 'form.choice button');
check(await page.locator('.part ins').count() > 0, 'two versions of a CV are compared');
await inspect(page, 'cv-versions-compared');

await page.goto(`${BASE}/cvs/new`);
await page.setInputFiles('input[type=file]', path.join(SAMPLES, 'cv.json'));
await submit(page, 'main form:has(input[type=file]) button[type=submit]');
check(/\/cvs\/[^/]+$/.test(page.url()), `a CV in JSON is saved at once: ${page.url()}`);
await open(page, '/cvs', 'cvs');

await open(page, '/applications/new', 'application-new');
await page.fill('#job_posting', postingText);
await page.fill('#company_name', posting.company_name);
await page.fill('#role_title', posting.role_title);
await submit(page);
check(/\/jobs\/[^/]+$/.test(page.url()) || page.url().includes('/vprs/'), `a report was asked for: ${page.url()}`);
const jobPage = page.url();
await page.waitForURL(/\/applications\/[^/]+\/vprs\/\d+/, { timeout: 60000 });
const reportPage = new URL(page.url()).pathname;
await inspect(page, 'report');
await page.screenshot({ path: path.join(SHOTS, 'report-top.png') }); // the README's picture

// every quotation leads to its line in the CV, and says what stands there
const links = await page.locator('a[href^="#cv/"]').all();
check(links.length >= 5, `the report links to the CV: ${links.length} links`);
for (const link of links) {
  const target = decodeURIComponent((await link.getAttribute('href')).slice(1));
  check(await page.evaluate((id) => document.getElementById(id) !== null, target), `the link ${target} leads somewhere`);
}
await links[0].click();
check(new URL(page.url()).hash.startsWith('#cv/'), 'a quotation jumps to its line');
await page.emulateMedia({ media: 'print' });
await page.screenshot({ path: path.join(SHOTS, 'report-print.png'), fullPage: true });
await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
await inspect(page, 'report-dark');
await page.emulateMedia({ colorScheme: 'light' });

await page.goto(jobPage);
await page.waitForURL(/\/vprs\/\d+/, { timeout: 20000 });
check(true, 'the page of a finished job leads to its report');
await open(page, '/applications', 'applications');
await page.fill('input[type=search], input[name=q]', 'tidewater');
await page.keyboard.press('Enter');
await page.waitForURL(/q=tidewater/);
check((await page.locator('main').innerText()).includes(posting.company_name), 'the search finds the application');
await page.goto(`${BASE}/applications?q=nothing-like-it`);
check(!(await page.locator('main').innerText()).includes(posting.role_title), 'and nothing else');
await open(page, reportPage.replace(/\/vprs\/.*/, ''), 'application');

// two questions answered, the report written anew, both versions compared
await open(page, `${reportPage.replace(/\/vprs\/.*/, '')}/gap`, 'gap-none');
await submit(page, 'form:has(input[value=ask]) button');
await page.waitForURL(/\/gap(\?|$)/, { timeout: 60000 });
await inspect(page, 'gap');
const boxes = page.locator('textarea[name^="answer:"]');
check(await boxes.count() >= 2, `questions are asked: ${await boxes.count()}`);
const answers = ['I built the internal web services over HTTP for two years at Parcelwind and reviewed every interface of them.',
  'I kept the message queues of three teams running for a year, and wrote down how to recover them.'];
for (const [i, words] of answers.entries()) await boxes.nth(i).fill(words);
await submit(page, 'button[value=report]');
await page.waitForURL(/\/vprs\/2/, { timeout: 60000 });
check((await page.locator('main').innerText()).includes(answers[0].slice(0, 40)), 'an answer is quoted in the report');
await submit(page, '.toolbar form[method=get] button');
check(page.url().includes('/vprs/2/compare?with=1'), 'two reports are compared');
check(await page.locator('.part ins').count() > 0, 'word by word');
await inspect(page, 'report-compare');
await page.goto(BASE + reportPage.replace(/\d+$/, '2'));
await submit(page, 'form:has(input[value=pin]) button');
check(await page.locator('input[name=_action][value=unpin]').count() === 1, 'a report is pinned');
await inspect(page, 'report-pinned');
await open(page, `${reportPage.replace(/\/vprs\/.*/, '')}/gap`, 'gap-answered');
await submit(page, 'button[value^="withdraw:"] >> nth=1');
check(await page.locator('button[value^="withdraw:"]').count() === 1, 'an answer is taken back');

// a tailored CV: made with wishes, one change taken back, a lie of one's own refused, versions compared, pinned, deleted
const application = reportPage.replace(/\/vprs\/.*/, '');
await open(page, `${application}/tailored-cvs`, 'tailored-cvs-none');
await page.selectOption('#length', 'compact');
await page.fill('#emphasis_areas', 'Kubernetes, deep sea diving');
await submit(page, 'main form.panel button[type=submit]');
check(/\/tailored-cvs\/[^/]+$/.test(page.url()), `a tailored CV was made: ${page.url()}`);
const first = new URL(page.url()).pathname;
check((await page.locator('main').innerText()).includes('deep sea diving'), 'what the CV does not show is not put in front, and that is said');
await inspect(page, 'tailored-cv');
for (const link of await page.locator('.review a[href^="#cv/"]').all()) {
  const target = decodeURIComponent((await link.getAttribute('href')).slice(1));
  check(await page.evaluate((id) => document.getElementById(id) !== null, target), `the source ${target} is beside it`);
}
await page.locator('input[name=keep_0]').focus();
await page.keyboard.press('Space');
const line = page.locator('textarea[name="text:/tailored_cv/work_experience/0/description_bullets/0"]');
const honest = await line.inputValue();
await line.fill(`${honest}, saving 7,341,000 euros`);
await submit(page, 'form.review button[type=submit]');
const second = new URL(page.url()).pathname;
check(second !== first, 'an edit is a version of its own');
check(await page.locator('textarea[name="text:/tailored_cv/work_experience/0/description_bullets/0"]').inputValue() === honest, 'a figure of nowhere is taken back');
check((await page.locator('#warnings').count()) === 1, 'and that is shown');
await inspect(page, 'tailored-cv-edited');
for (const [name, mark] of [['PDF', '%PDF'], ['Word', 'PK']]) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.toolbar a[download]', { hasText: name }).click()]);
  const bytes = readFileSync(await download.path());
  check(bytes.subarray(0, mark.length).toString('latin1') === mark && bytes.length > 2000, `${name} is a document: ${bytes.length} bytes`);
}
await submit(page, '.toolbar form[method=get] button');
check(page.url().includes('/compare?with='), 'two versions are compared');
check(await page.locator('.part ins, .part del').count() > 0, 'word by word');
await inspect(page, 'tailored-cv-compare');
await page.goto(BASE + second);
await submit(page, 'form:has(input[value=pin]) button');
check(await page.locator('input[name=_action][value=unpin]').count() === 1, 'a version is pinned');
await open(page, `${application}/tailored-cvs`, 'tailored-cvs');
await page.goto(BASE + first);
await page.locator('details:has(input[value=delete]) summary').click();
await submit(page, 'form:has(input[name=_action][value=delete]) button');
check(await page.locator('.cards .card').count() === 1, 'a version is deleted');

await open(page, '/account', 'account');
await open(page, '/tokens', 'tokens');
await page.fill('input[name=label]', 'browser test');
await submit(page, 'form:has(input[name=label]) button[type=submit]');
check((await page.locator('main').innerText()).includes('cvp_'), 'a new token is shown once');
await inspect(page, 'token-made');
await page.goto(`${BASE}/tokens`);
check(!(await page.locator('main').innerText()).includes('cvp_'), 'and not again');
await open(page, '/no/such/page', 'not-found', 404);

for (const language of ['ru', 'he']) {
  await page.goto(`${BASE}/?lang=${language}`);
  check(await page.getAttribute('html', 'lang') === language, `the page is in ${language}`);
  check(await page.getAttribute('html', 'dir') === (language === 'he' ? 'rtl' : 'ltr'), `${language} has its direction`);
  for (const [address, name] of [['/', 'home'], ['/cvs', 'cvs'], ['/applications', 'applications'],
    ['/applications/new', 'application-new'], [reportPage, 'report'], [second, 'tailored-cv'], [`${cvPage}/edit`, 'cv-edit'],
    [`${cvPage}/versions?version=3&with=1`, 'cv-versions'], [`${application}/gap`, 'gap'],
    [`${application}/vprs/2/compare?with=1`, 'report-compare']]) await open(page, address, `${name}-${language}`);
  await page.goto(`${BASE}/cvs/new`);
  await page.fill('#text_content', `${sampleCv.basics.email}\n\nWork experience\n\nEngineer, Parcelwind GmbH\n- Wrote services in Python\n\nSkills\nPython, PostgreSQL\n`);
  await submit(page, 'main form:has(input[type=file]) button[type=submit]');
  check(await page.locator('.field--unsure').count() > 0, 'what the reading is unsure of is marked');
  await inspect(page, `cv-form-${language}`);
}
await page.goto(`${BASE}/?lang=en`);

// without script: the same forms, and a progress page that refreshes itself
const state = await browser.storageState();
// a browser of its own: only with scripts off from the start are <noscript> parts read
const plain = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...ARGS, '--blink-settings=scriptEnabled=false'] });
await withoutScript(await (await plain.newContext({ storageState: state })).newPage());
await plain.close();

async function withoutScript(still) {
  await still.goto(`${BASE}/applications/new`);
  await still.fill('#job_posting', postingText);
  await still.fill('#company_name', 'Plain Works');
  await still.fill('#role_title', 'Engineer without script');
  await Promise.all([still.waitForNavigation(), still.locator('main form button[type=submit]').first().click()]);
  check(/\/jobs\//.test(still.url()), `without script the progress page comes: ${still.url()}`);
  // the page refreshes itself while the job runs, and then leads to the report
  await still.waitForURL(/\/applications\/[^/]+\/vprs\/\d+/, { timeout: 40000 });
  check((await still.locator('main').innerText()).includes('Engineer without script'), 'without script the report is read');
  // the same question again: the answer given for the other application is offered, and taken by a click only
  await still.goto(still.url().replace(/\/vprs\/.*/, '/gap'));
  await Promise.all([still.waitForNavigation(), still.locator('form:has(input[value=ask]) button').click()]);
  await still.waitForURL(/\/gap(\?|$)/, { timeout: 40000 });
  check(await still.locator('button[value^="take:"]').count() === 1, 'an answer of another application is offered');
  check(await still.locator('button[value^="withdraw:"]').count() === 0, 'and not taken by itself');
  await still.screenshot({ path: path.join(SHOTS, 'gap-offer.png'), fullPage: true });
  await Promise.all([still.waitForNavigation(), still.locator('button[value^="take:"]').click()]);
  check(await still.locator('button[value^="withdraw:"]').count() === 1, 'it is taken over by a click');
}

// the operator's page: a job that waits is seen and cancelled
const stack = (...words) => execFileSync(process.env.STACK_TOOL, words, { encoding: 'utf8' });
const me = await page.evaluate(() => fetch('/api/account').then((r) => r.json()));
stack('run', '--dir', process.env.STACK_DIR, 'user', 'grant', me.user_id, 'admin');
stack('stop', 'worker', '--dir', process.env.STACK_DIR);
await page.goto(`${BASE}/applications/new`);
await page.fill('#job_posting', postingText);
await page.fill('#company_name', 'Patient Works');
await page.fill('#role_title', 'Engineer who waits');
await submit(page, 'main form button[type=submit]');
const waiting = page.url().replace(/.*\/jobs\//, '');
await page.waitForTimeout(5500); // who was found good is remembered for five seconds, roles too
await open(page, '/admin', 'admin');
check((await page.locator('main').innerText()).includes(waiting), 'the operator sees the job that waits');
check(await page.locator('.nav a[href="/admin"]').count() === 1, 'the operator finds the page in the menu');
await submit(page, `form:has(input[value="${waiting}"]) button[value=delete]`);
check(page.url() === `${BASE}/admin`, 'cancelling leads back');
check(!(await page.locator('main').innerText()).includes(waiting), 'the cancelled job is gone');

await page.goto(`${BASE}/account`);
await submit(page);
await page.goto(`${BASE}/cvs`);
check(page.url().includes('/signin'), 'signed out');
await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${pages} pages inspected at three widths, ${checks} checks, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
