/**
 * Records over HTTP: pages merged by timestamp, live streams, searches, producing, deleting. Bytes
 * become JSON, text or base64 here and back; nothing is answered as stored before it is durable.
 */
@NullMarked
package dev.sluice.gateway.rest.record;

import org.jspecify.annotations.NullMarked;
