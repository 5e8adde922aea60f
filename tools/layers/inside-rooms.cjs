// Which folders of its room a folder may import, from the ground up. `npm run layers` checks it, and
// `test/process/tools/layers/` proves that each rule bites and that the table has no cycle. `.` is the room's own folder.
'use strict';

const groundRooms = require('./ground-rooms.cjs');
const upperRooms = require('./upper-rooms.cjs');

/** Room → folder → [the folders of that room that it may import, the reason]. */
module.exports = { ...groundRooms, ...upperRooms };
