import { commandBar } from "./command.js";
import { start } from "./common.js";
import { confirmations } from "./confirm.js";
import { pageKeys } from "./keys.js";
import { paperLines } from "./lines.js";
import { connection, menus } from "./menus.js";
import { rowChoice } from "./rows.js";
import { scans } from "./scan.js";

start();
scans();
menus();
confirmations();
commandBar();
paperLines();
rowChoice();
pageKeys();
connection();
