/**
 * How long a partition keeps its records: a pure planner from facts about segments to the new log
 * start. Carrying plans out is the partition's business.
 */
@NullMarked
package dev.sluice.log.retention;

import org.jspecify.annotations.NullMarked;
