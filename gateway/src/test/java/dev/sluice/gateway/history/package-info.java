/** History, on time that the tests own. */
@NullMarked
package dev.sluice.gateway.history;

import org.jspecify.annotations.NullMarked;
