/**
 * The partitioned log as a plain library; this package holds only what every room of it needs: the
 * one exception type and the metrics listener. It knows no other package of the log.
 */
@NullMarked
package dev.sluice.log;

import org.jspecify.annotations.NullMarked;
