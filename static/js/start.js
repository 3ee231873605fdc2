// Runs on every page. The page works without it.
import { initAll } from "../govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A table that fits needs no stop for the keyboard; one that scrolls does.
const regions = document.querySelectorAll(".table-scroll");
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.setAttribute("tabindex", "0");
    } else {
      target.removeAttribute("tabindex");
    }
  }
});
for (const region of regions) {
  watcher.observe(region);
}
