/**
 * Measurements of the whole process: each main starts gateways as child processes on temporary
 * data, talks to them over HTTP only, and prints what it measured. Nothing passes or fails on time.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
