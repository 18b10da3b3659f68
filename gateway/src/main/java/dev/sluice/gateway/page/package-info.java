/**
 * The admin UI's page: one file for every address of the UI, with a security policy made for each
 * answer. The files that it names are static resources.
 */
@NullMarked
package dev.sluice.gateway.page;

import org.jspecify.annotations.NullMarked;
