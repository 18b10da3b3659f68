/** Making, changing and removing connectors over HTTP, and the types that they can be of. */
@NullMarked
package dev.sluice.gateway.rest.manage;

import org.jspecify.annotations.NullMarked;
