/** The files of the configuration over HTTP: read, checked, written; never with a secret. */
@NullMarked
package dev.sluice.gateway.rest.config;

import org.jspecify.annotations.NullMarked;
