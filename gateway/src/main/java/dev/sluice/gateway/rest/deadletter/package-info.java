/** Dead letters over HTTP: {@code /api/v1/dead-letters} and the jobs that deal with them. */
@NullMarked
package dev.sluice.gateway.rest.deadletter;

import org.jspecify.annotations.NullMarked;
