/** Topics over HTTP: list, create, change, delete, empty up to offsets, and what can be set. */
@NullMarked
package dev.sluice.gateway.rest.topic;

import org.jspecify.annotations.NullMarked;
