// Tapping along: taps of half a minute, and whether their distances are even.
(() => {
  "use strict";
  const form = document.getElementById("rate");
  const panel = form.querySelector("[data-tap]");
  const button = panel.querySelector("button");
  const time = panel.querySelector("progress");
  const words = panel.querySelector("[role=status]");
  const seconds = Number(form.dataset.seconds);
  const FEWEST = 6; // taps below which a rhythm is anybody's guess
  const EVEN = 0.25; // spread of the distances, as a share of their mean
  let taps = [];
  panel.hidden = false;

  const rhythm = () => {
    if (taps.length < FEWEST) {
      return "";
    }
    const gaps = taps.slice(1).map((tap, index) => tap - taps[index]);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    return spread / mean <= EVEN ? "regular" : "irregular";
  };
  const finish = () => {
    const found = rhythm();
    form.elements.count.value = taps.length;
    form.elements.rhythm.value = found;
    words.textContent = form.dataset.done
      .replace("{n}", taps.length)
      .replace("{rhythm}", found ? form.dataset[found] : form.dataset.few);
    taps = [];
    time.value = 0;
    form.querySelector(".primary").focus();
  };
  const tick = () => {
    if (taps.length === 0) {
      return;
    }
    const passed = (performance.now() - taps[0]) / 1000;
    time.value = Math.min(passed, seconds);
    if (passed >= seconds) {
      finish();
    } else {
      setTimeout(tick, 250);
    }
  };
  button.addEventListener("click", () => {
    taps.push(performance.now());
    if (taps.length === 1) {
      words.textContent = "";
      tick();
    }
  });
  button.focus();
})();
