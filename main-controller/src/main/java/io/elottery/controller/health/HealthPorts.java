package io.elottery.controller.health;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Surroundings;
import io.elottery.reports.view.NetworkView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the desks of health need from the rest of main.
 *
 * @param disk may wait; one thread
 * @param dir this main's own directory
 * @param mains all other mains, connected or not
 * @param view the picture now
 * @param reports the last of each worker
 * @param around what else this main sees; lossy links are found here
 * @param ring who holds what
 */
public record HealthPorts(
    NodeId self,
    Switchboard board,
    NodeLoop loop,
    Executor disk,
    Path dir,
    Hemispheres halves,
    List<NodeId> mains,
    Supplier<NetworkView> view,
    Supplier<List<Report>> reports,
    Supplier<Surroundings> around,
    Supplier<Optional<Ring>> ring) {}
