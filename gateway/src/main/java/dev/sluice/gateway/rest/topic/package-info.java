/** Topics over HTTP: list, create, change, delete. */
@NullMarked
package dev.sluice.gateway.rest.topic;

import org.jspecify.annotations.NullMarked;
