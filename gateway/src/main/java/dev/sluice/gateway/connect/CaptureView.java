package dev.sluice.gateway.connect;

import dev.sluice.connector.CaptureState;
import java.util.Optional;

/**
 * A change capture as people see it.
 *
 * @param target what is wanted of the connector
 * @param state what is seen of it; unless it runs, the capture's state is the last that was known
 * @param capture empty if the connector has not connected since the process or it was started
 */
public record CaptureView(TargetState target, TaskState state, Optional<CaptureState> capture) {}
