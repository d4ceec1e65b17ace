using Streams.Broker.Partitions;

namespace Streams.Broker.Transport.Consuming;

/// <summary>Somebody who waits for records of a partition for a group member: told once for each wait, on any thread, and only schedules its work.</summary>
internal interface IDataWaiter : IPartitionWaiter;
