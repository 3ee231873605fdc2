// Keeps a job's page fresh until the job has ended. Without it, the link "Refresh" does so.
const EVERY = 2000;

const heading = document.getElementById("job-heading");
const said = document.getElementById("job-said");

function take(fresh) {
  const shown = document.getElementById("job");
  if (fresh.dataset.state === shown.dataset.state) {
    // The same state has the same buttons: leave them, and whoever is about to press one.
    const news = fresh.querySelector("#job-news");
    shown.querySelector("#job-news").replaceWith(document.adoptNode(news));
    return;
  }
  const hadFocus = shown.contains(document.activeElement);
  shown.replaceWith(document.adoptNode(fresh));
  if (hadFocus) {
    heading.focus();
  }
}

async function look() {
  const answer = await fetch(window.location.pathname);
  if (!answer.ok || answer.redirected) {
    return; // signed out, or no longer theirs: the link "Refresh" says which
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("job");
  if (!fresh) {
    return;
  }
  const goesOn = fresh.hasAttribute("data-goes-on");
  take(fresh);
  if (page.title !== document.title) {
    document.title = page.title;
    said.textContent = page.title;
  }
  if (goesOn) {
    again();
  }
}

function again() {
  window.setTimeout(() => look().catch(again), EVERY);
}

again();
