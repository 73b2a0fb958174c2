package io.elottery.keyvault.people;

import io.elottery.foundation.id.Hemisphere;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One name in the staff book. Several names may be one person's; two-person rules look at the
 * person.
 *
 * @param name signs in by it; lower case
 * @param person who it is, as the book knows people: {@code Ada Lovelace}
 * @param roles ascending
 * @param branch of an operator; empty for all others
 * @param set whose key pieces this officer holds, once the first was given
 * @param disabled may do nothing any more
 */
public record StaffMember(
    String name,
    String person,
    SortedSet<StaffRole> roles,
    String branch,
    Optional<Hemisphere> set,
    boolean disabled,
    Credentials credentials) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
  private static final Pattern PERSON = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,'’-]{0,79}");
  private static final Pattern BRANCH = Pattern.compile("([A-Z]{3})?");

  /** Checks and copies. */
  public StaffMember {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: expected up to 32 of a-z, 0-9, '.', '_', '-', a letter or digit first");
    }
    if (!PERSON.matcher(person).matches()) {
      throw new IllegalArgumentException("person: expected the person's name, up to 80 letters");
    }
    if (!BRANCH.matcher(branch).matches()) {
      throw new IllegalArgumentException("branch: expected three capital letters, or none");
    }
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles: expected at least one");
    }
  }

  /** A member who may do nothing but what these roles say. */
  public static StaffMember of(
      String name, String person, Set<StaffRole> roles, Credentials credentials) {
    return new StaffMember(
        name, person, new TreeSet<>(roles), "", Optional.empty(), false, credentials);
  }

  /** Whether this member has the role and is not disabled. */
  public boolean is(StaffRole role) {
    return !disabled && roles.contains(role);
  }

  /** Whether this member has one of the roles and is not disabled. */
  public boolean isAnyOf(Set<StaffRole> any) {
    return any.stream().anyMatch(this::is);
  }

  /** Whether both names are one person's, whatever blanks or capitals. */
  public boolean samePerson(StaffMember other) {
    return key(person).equals(key(other.person)) || name.equals(other.name);
  }

  /** With other roles. */
  public StaffMember withRoles(Set<StaffRole> others) {
    return new StaffMember(name, person, new TreeSet<>(others), branch, set, disabled, credentials);
  }

  /** Of a branch. */
  public StaffMember withBranch(String of) {
    return new StaffMember(name, person, roles, of, set, disabled, credentials);
  }

  /** Holding pieces for this half. */
  public StaffMember withSet(Hemisphere half) {
    return new StaffMember(name, person, roles, branch, Optional.of(half), disabled, credentials);
  }

  /** Disabled, or enabled again. */
  public StaffMember withDisabled(boolean now) {
    return new StaffMember(name, person, roles, branch, set, now, credentials);
  }

  /** Signing in by these. */
  public StaffMember withCredentials(Credentials others) {
    return new StaffMember(name, person, roles, branch, set, disabled, others);
  }

  static String key(String person) {
    return person.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /** The roles given as text, for messages: {@code officer, auditor}. */
  public String rolesText() {
    return String.join(", ", roles.stream().map(StaffRole::text).toList());
  }

  /** All roles, for calls that every member of the staff may make. */
  public static Set<StaffRole> everyRole() {
    return EnumSet.allOf(StaffRole.class);
  }
}
