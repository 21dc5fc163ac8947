// The file that all is told in: lines are appended in one write, and other processes append to it at the same time.

const fs = require("fs");
const LARGEST_FILE = 64 * 1024 * 1024;
const PAUSE = 50; // milliseconds in which more may come; a program that is killed loses no more than that

const file = process.env.BACKFIT_READS;
let isAwaited = false;
let isBegun = false;

/** Tell in a moment what there is to tell: a timer that nobody waits for. */
function tellSoon() {
  if (isAwaited) return;
  isAwaited = true;
  natives.after(() => tellNow(), PAUSE).unref();
}

/** That reads are tracked here is told with the first answer: a program that asks in other ways reads what we do not see. */
function tellNow(isFinal = false) {
  isAwaited = false;
  if (!isBegun && followed.length) begun(`node ${process.versions.node}`);
  isBegun = isBegun || followed.length > 0;
  append(drain(isFinal));
}

/** Where that is impossible nothing is told: the plugin's run goes on. */
function append(lines) {
  if (!lines) return;
  let descriptor;
  try {
    descriptor = fs.openSync(file, "a", 0o600);
    if (fs.fstatSync(descriptor).size < LARGEST_FILE) fs.writeSync(descriptor, lines);
  } catch (error) {
    return;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** What goes wrong in here is told, and is not the plugin's. */
function quietly(track) {
  try {
    track();
  } catch (error) {
    tell(`the tracking of reads failed: ${error && error.message}`);
  }
}
