/** What is decided about groups, without HTTP. */
@NullMarked
package dev.sluice.gateway.rest.group;

import org.jspecify.annotations.NullMarked;
