/**
 * The SPI between the gateway's runtime and its connectors: connector types with their options,
 * source and sink tasks with the contexts they are given, the records that pass between them, and
 * errors that say who can mend them. It depends on the JDK alone; a connector needs nothing else.
 */
@NullMarked
package dev.sluice.connector;

import org.jspecify.annotations.NullMarked;
