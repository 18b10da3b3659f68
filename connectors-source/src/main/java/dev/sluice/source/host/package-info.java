/**
 * The machine itself as a source: CPU, memory, disks, network and sensors, read through OSHI at an
 * interval. One reader per group of metrics; what a machine does not have is left out.
 */
@NullMarked
package dev.sluice.source.host;

import org.jspecify.annotations.NullMarked;
