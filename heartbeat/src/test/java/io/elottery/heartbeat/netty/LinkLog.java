package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what links tell: {@code up worker-1~worker-2/replica WORK}. */
final class LinkLog implements LinkListener {
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Integer> running = new CopyOnWriteArrayList<>();

  @Override
  public void up(LinkId link, Channel channel) {
    events.add("up " + link + " " + channel);
  }

  @Override
  public void down(LinkId link, Channel channel, String why) {
    events.add("down " + link + " " + channel);
  }

  @Override
  public void refusedReconnect(LinkId link) {
    events.add("refused " + link);
  }

  @Override
  public void running(LinkId link, int epoch) {
    running.add(epoch);
  }
}
