package io.elottery.web;

import io.elottery.foundation.admin.AdminListener;
import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.ca.ServerSignature;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.vote.AnswerVoting;
import io.elottery.web.config.WebConfig;
import io.elottery.web.ledger.HeadShelf;
import io.elottery.web.ledger.Heads;
import io.elottery.web.ledger.Ledger;
import io.elottery.web.ledger.MailroomLedger;
import io.elottery.web.ledger.VoteTeller;
import io.elottery.web.network.GatewayNetwork;
import io.micrometer.core.instrument.FunctionCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Wires a gateway: ports in, startable node out. May be used several times in one JVM. */
public final class WebAssembly {
  private static final int LOOP_QUEUE = 100_000;

  private WebAssembly() {}

  /**
   * A gateway that enrols if it has no certificate yet, dials the mains, follows the roster and
   * serves.
   *
   * @param runtime shared by all nodes of the JVM; the caller starts and closes it
   * @param stop asks the process to stop after a fault; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key
   * @throws IllegalStateException when its key directory or token cannot be read
   */
  public static Gateway of(ConfigSource config, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    WebConfig web = WebConfig.from(config);
    config.done();

    Time time = new SystemTime();
    RandomSource random = new SecureRandomSource();
    NodeLoop loop =
        new NodeLoop("gateway", time, LOOP_QUEUE, FaultTable.standard().handler(() -> {}, stop));
    Readiness readiness = new Readiness();
    ProcessMetrics metrics = ProcessMetrics.of(web.node(), Role.GATEWAY);
    NodeKeys keys = keys(web, random);
    GatewayNetwork network =
        new GatewayNetwork(
            keys,
            web.dir(),
            web.mains(),
            web.own(),
            token(web, keys),
            runtime,
            loop,
            readiness.check("network"));
    network.register(metrics.registry());
    Mailroom mailroom =
        new Mailroom(network.switchboard(), network.route(), loop, time, web.mailroom());
    VoteTeller votes = new VoteTeller(network::tellMains);
    AnswerVoting voting =
        new AnswerVoting(
            mailroom,
            random,
            (server, said) -> isSealed(keys, server, said),
            web.mailroom().attempt(),
            votes);
    HeadShelf heads =
        new HeadShelf(
            loop,
            mailroom,
            (server, signed) -> isSealed(keys, server, signed),
            web.dir().resolve("heads"));
    heads.start();
    Ledger ledger =
        new MailroomLedger(
            loop,
            mailroom,
            voting,
            web.http().patience(),
            shard -> new Heads(authority(keys), heads.heads(shard)));
    FunctionCounter.builder("elottery.web.heads.contradicted", heads, HeadShelf::contradicted)
        .register(metrics.registry());
    FunctionCounter.builder("elottery.web.votes", voting, AnswerVoting::votes)
        .register(metrics.registry());
    FunctionCounter.builder("elottery.web.votes.unconfirmed", voting, AnswerVoting::unconfirmed)
        .register(metrics.registry());
    FunctionCounter.builder("elottery.web.votes.wrong", votes, VoteTeller::wrong)
        .register(metrics.registry());
    FunctionCounter.builder("elottery.web.votes.silent", votes, VoteTeller::silent)
        .register(metrics.registry());
    SiteAssembly site =
        new SiteAssembly(
            web,
            new SiteAssembly.Ports(
                ledger, network::picture, network::office, time, random, metrics));

    List<Lifecycle> parts = new ArrayList<>();
    web.admin().ifPresent(at -> parts.add(new AdminListener(at, readiness, metrics)));
    parts.add(network);
    parts.add(site);
    return site.startedBy(parts, metrics);
  }

  private static boolean isSealed(NodeKeys keys, NodeId server, Testimony said) {
    return ServerSignature.isBy(
        server,
        Role.WORKER,
        said.statementOf(server),
        said.seal().signature(),
        said.seal().certificate(),
        keys.authority());
  }

  private static boolean isSealed(NodeKeys keys, NodeId server, SignedHead signed) {
    return ServerSignature.isBy(
        server,
        Role.WORKER,
        signed.statementOf(server),
        signed.seal().signature(),
        signed.seal().certificate(),
        keys.authority());
  }

  private static Optional<byte[]> authority(NodeKeys keys) {
    return keys.authority()
        .map(
            certificate -> {
              try {
                return certificate.getEncoded();
              } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException("the authority's certificate", impossible);
              }
            });
  }

  private static NodeKeys keys(WebConfig web, RandomSource random) {
    try {
      Files.createDirectories(web.dir());
      return NodeKeys.open(web.dir().resolve("keys"), web.node(), Role.GATEWAY, random);
    } catch (IOException | KeyStoreUnreadable unreadable) {
      throw new IllegalStateException("node.dir " + web.dir() + ": " + unreadable, unreadable);
    }
  }

  // Read only while there is no certificate: afterwards the token is worth nothing.
  private static Optional<JoinToken> token(WebConfig web, NodeKeys keys) {
    if (keys.certificate().isPresent() || web.enrolToken().isEmpty()) {
      return Optional.empty();
    }
    Path file = web.enrolToken().get();
    try {
      return Optional.of(JoinToken.parse(Files.readString(file)));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalStateException(
          "enrol.token-file " + file + ": " + unreadable.getMessage(), unreadable);
    }
  }
}
