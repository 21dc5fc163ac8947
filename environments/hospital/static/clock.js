// The wards' clock: date and hour of the browser's own zone and language, above every page.
document.addEventListener("DOMContentLoaded", () => {
  const clock = document.createElement("p");
  clock.id = "clock";
  clock.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: "full" }).format(new Date()) + " " + new Date().getHours() + "时";
  document.body.prepend(clock);
});
