/** What is decided about the overview, without HTTP. */
@NullMarked
package dev.sluice.gateway.rest.status;

import org.jspecify.annotations.NullMarked;
