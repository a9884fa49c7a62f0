// After a partial reload the reading place goes to what changed, as it would on a whole page.
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail && event.detail.ctx && event.detail.ctx.target;
  const id = target && target.id;
  if (id === "sadarzhanie") {
    const main = document.getElementById("sadarzhanie");
    if (main) {
      main.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }
  if (id === "pismo") {
    const chosen = document.querySelector("#pismo [aria-current=true]");
    if (chosen) chosen.focus({ preventScroll: true });
  }
});
