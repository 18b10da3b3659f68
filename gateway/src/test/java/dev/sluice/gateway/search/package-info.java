/** Searches against lists in memory. */
@NullMarked
package dev.sluice.gateway.search;

import org.jspecify.annotations.NullMarked;
