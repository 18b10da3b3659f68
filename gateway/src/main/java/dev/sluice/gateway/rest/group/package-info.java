/**
 * Consumer groups over HTTP: who is in them, how far they have come, and setting their positions
 * back or ahead by a plan that is looked at first.
 */
@NullMarked
package dev.sluice.gateway.rest.group;

import org.jspecify.annotations.NullMarked;
