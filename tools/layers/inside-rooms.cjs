// Which folder of a room may import which others of the same room, from the ground up. `npm run layers` checks it,
// `test/unit/layers.test.ts` shows that each rule bites and that the table has no cycle. `.` is the room's own folder.
'use strict';

const groundRooms = require('./ground-rooms.cjs');
const upperRooms = require('./upper-rooms.cjs');

/** Room → folder → [the folders of that room that it may import, why it stands there]. */
module.exports = { ...groundRooms, ...upperRooms };
