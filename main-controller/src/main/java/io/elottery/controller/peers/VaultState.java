package io.elottery.controller.peers;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.vault.Compartment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How one main's vault stands; told to the other mains. Nothing secret.
 *
 * @param generation of the header it opens by
 * @param parts each compartment
 * @param tampered records that are not as they were left and not repaired, in words
 */
public record VaultState(int generation, Map<Compartment, Part> parts, List<String> tampered) {
  private static final int LINES_MAX = 100;

  /** Copies. */
  public VaultState {
    parts = Map.copyOf(parts);
    tampered = List.copyOf(tampered.subList(0, Math.min(LINES_MAX, tampered.size())));
  }

  /**
   * One compartment.
   *
   * @param given pieces given since it was sealed
   * @param needed pieces needed; 0 where a passphrase opens it
   * @param waits what waits for it, in words
   */
  public record Part(boolean open, int given, int needed, List<String> waits) {
    /** Copies. */
    public Part {
      waits = List.copyOf(waits.subList(0, Math.min(LINES_MAX, waits.size())));
    }
  }

  /** The compartment's part. */
  public Part part(Compartment compartment) {
    return parts.getOrDefault(compartment, new Part(false, 0, 0, List.of()));
  }

  /** As a message. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(256);
    writeTo(out);
    return new Envelope(MainKinds.VAULT_STATE, MainKinds.VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static VaultState parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    VaultState state = readFrom(in);
    in.done();
    return state;
  }

  void writeTo(WireWriter out) {
    out.i32(generation);
    for (Compartment compartment : Compartment.values()) {
      Part part = part(compartment);
      out.bool(part.open()).u8(part.given()).u8(part.needed());
      lines(out, part.waits());
    }
    lines(out, tampered);
  }

  static VaultState readFrom(WireReader in) throws MalformedMessage {
    int generation = in.i32();
    Map<Compartment, Part> parts = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      parts.put(compartment, new Part(in.bool(), in.u8(), in.u8(), lines(in)));
    }
    return new VaultState(generation, parts, lines(in));
  }

  private static void lines(WireWriter out, List<String> lines) {
    out.varint(lines.size());
    lines.forEach(out::text);
  }

  private static List<String> lines(WireReader in) throws MalformedMessage {
    List<String> lines = new ArrayList<>();
    for (int left = in.count(LINES_MAX); left > 0; left--) {
      lines.add(in.text());
    }
    return lines;
  }
}
