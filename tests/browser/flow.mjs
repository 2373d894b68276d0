// A candidate's way through every page, as a person goes it: with a keyboard and a mouse, in three languages, wide and
// narrow, with and without script. Every page is checked with axe-core, for console errors and for sideways scrolling.
import { readFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
await page.setInputFiles('input[type=file]', path.join(SAMPLES, 'cv.json'));
await submit(page);
check(/\/cvs\/[^/]+$/.test(page.url()), `a CV was imported: ${page.url()}`);
await inspect(page, 'cv');
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
await submit(page, '.toolbar form[method=get] button');
check(page.url().includes('/compare?with='), 'two versions are compared');
check(await page.locator('.diff ins, .diff del').count() > 0, 'word by word');
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
    ['/applications/new', 'application-new'], [reportPage, 'report'], [second, 'tailored-cv']]) await open(page, address, `${name}-${language}`);
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
